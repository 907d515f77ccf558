# reminder.ftl - what the clock says about meetings. $when: the school's clock.
reminder-soon =
    Напоминание о встрече: { $when }.
    { $partner }, { $kind }.
    { $where }
reminder-outcome = Встреча: { $when }, { $partner }. Состоялась?
reminder-held = Состоялась
reminder-moved = Перенесли
reminder-missed = Не состоялась
