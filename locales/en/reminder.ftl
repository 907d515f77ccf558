# reminder.ftl - what the clock says about meetings. $when: the school's clock.
reminder-soon =
    A reminder of your meeting: { $when }.
    { $partner }, { $kind }.
    { $where }
reminder-outcome = Meeting on { $when }. { $partner }. Did it take place?
reminder-outcome-last = Meeting on { $when }. { $partner }. Did it take place? We will not ask again.
reminder-held = It did
reminder-moved = We moved it
reminder-missed = It did not
