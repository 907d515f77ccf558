# pairs.ftl - pairs for the curator: answers, wishes, changes, the queue.
pairs-safety = Просьба о паре с пометкой «небезопасно или очень неприятно». Причина и слова – в карточке пары.
