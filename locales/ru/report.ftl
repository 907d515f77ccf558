# report.ftl - words of the reports, for the school's staff. Column titles are data of each report.
report-footer-personal = Содержит персональные данные
