letter-from-curator =
    From your coordinator:

    { $words }
