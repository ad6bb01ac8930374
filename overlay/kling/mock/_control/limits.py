"""What the mock does not imitate, said in its help and on its page."""

LIMITS = (
    "It charges by the prices of the description, without discounts: nothing for what fails, and "
    "nothing where no source states a price. Where a file decides how long a result is, it "
    "charges 5 s, as long as its results are.",
    "It does not imitate moderation: no prompt and no picture is refused for what it shows.",
    "It does not imitate the look of results: they are small samples of the right kind and shape.",
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
