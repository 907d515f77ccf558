letter-from-curator =
    Пишет куратор:

    { $words }
