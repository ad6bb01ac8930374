"""What the mock does not imitate, said in its help and on its page."""

LIMITS = (
    "It charges by the prices of the description, without discounts: nothing for what fails, and "
    "nothing where no source states a price. Where a file decides how long a result is, the "
    "result has 5 s, and 5 s are charged.",
    "It does not imitate moderation: no prompt and no picture is refused for what it shows.",
    "It does not imitate what results show: they are samples of the number, length, shape and "
    "resolution that were asked for, videos without sound. A video's shorter side has 720, 1080 "
    "or 2160 pixels, and a picture's longer side 1024 for each k; how many pixels Kling's have in "
    "each shape is not known. It does not follow the length and shape of a file in a request.",
    "It does not fetch media, so what Kling checks once it has fetched them is not checked.",
    "It takes ids of voices, elements, sounds and lip-sync sessions that it did not make; "
    "only the id of an element of its own that was rounded, as JavaScript does, is refused.",
    "It sends each callback once; whether Kling tries again is not known. "
    "Only one that had no answer when the mock was stopped comes again after a restart.",
    "It shows tasks of /solutions through /solutions alone, and all others through /tasks; "
    "whether Kling shows any task through both is not known.",
    "It counts quotas only when it is given packages, and never expires those.",
    "It is for tests: whoever reaches it can control it, and its credentials are public.",
)
