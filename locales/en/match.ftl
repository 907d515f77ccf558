# match.ftl - what participants read of a pair's reasons.
match-for-request = common topic: { $what }
match-for-subject = subject: { $what }
match-for-schedule = both have time: { $what }
match-for-interest = common interests: { $what }
match-two = { $first }, { $second }
match-more = { $first }, { $second } and { $rest } more
match-slot = { $day ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
} { $part ->
    [morning] morning
    [day] afternoon
   *[evening] evening
}
