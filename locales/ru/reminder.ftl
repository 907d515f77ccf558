# reminder.ftl - what the clock says about meetings. $when: the school's clock.
reminder-soon =
    Напоминание о встрече: { $when }.
    { $partner }, { $kind }.
    { $where }
reminder-outcome = Встреча: { $when }, { $partner }. Состоялась?
reminder-outcome-last = Встреча: { $when }, { $partner }. Состоялась? Больше об этом не спросим.
reminder-held = Состоялась
reminder-moved = Перенесли
reminder-missed = Не состоялась
