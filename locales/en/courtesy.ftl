courtesy-part = { $number }. { $text }
