letter-from-curator =
    From your curator:

    { $words }
