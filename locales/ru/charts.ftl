# charts.ftl - words around every picture of numbers.
charts-table = Показать числа таблицей
charts-what = Что
