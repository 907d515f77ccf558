# issued.ftl - the register of papers given out under a number; for the school's staff.

issued-page = Журнал выданных документов
issued-about = Документы { $year } учебного года, у которых есть номер: приказы, протоколы, благодарности, сертификаты.
issued-whom = Кому, о ком
issued-pair = пара
issued-state = Состояние
issued-holds = действует
issued-none = Номеров пока не выдавали. Номер указывают, когда составляют документ; благодарностям и сертификатам он даётся сам.
issued-most = Показаны последние { $count }.
