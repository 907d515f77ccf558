# release.ftl - for staff: what each release has brought.
release-title = Что нового
release-about = Перед обновлением программа сама делает копию всех данных, а потом приводит базу к новой версии. Вам делать ничего не нужно.
release-version = Версия { $version }
release-here = стоит у вас
