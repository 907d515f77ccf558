# training.ftl - materials for mentors in the chat.

# $read, $all: materials.
training-which = Short materials for mentors, { $read } of { $all } read. Which one?
# $title, $about: of the material. $day: when it was read.
training-card = { $title }

    { $about }
training-card-read = { $title }

    { $about }

    Read on { $day }.
training-read = I have read it
training-all = All materials
training-title = Materials
training-next = Next material
# $left: how many are not read yet.
training-marked = Noted. { $left ->
    [one] { $left } material is left.
   *[other] { $left } materials are left.
}
training-done = You have read everything, thank you. The curator holds the training meetings and will tell you about them.
training-nothing = There are no materials yet. The curator will add them later.
training-not-mentor = Materials are for this year's mentors. If this is a mistake, write to the curator.
training-unknown = This material is no longer there. Write «materials» to see the list.
