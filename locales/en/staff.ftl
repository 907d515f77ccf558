# staff.ftl - what a colleague's chat hears about ways into the admin.

# $role: of the new account. $by: who made the link. $login: whose password.
staff-told-invited = One more colleague is invited to the admin: { $role }. The link was made by { $by }. If you know nothing of it, revoke the link: “Настройки” → “Сотрудники”.
staff-told-let-in = A link to a new password was made for { $login }, by { $by }. If you know nothing of it, revoke the link: “Настройки” → “Сотрудники”.
staff-told-let-you-in = A link to a new password was made for your account of the admin, by { $by }. If you did not ask for it, tell the curator today.
staff-told-server = the server's command line
