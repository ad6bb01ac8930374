"""What the mock does not imitate. Its help and its page show this list."""

LIMITS = (
    "It charges the prices of the description, without discounts. Failed tasks, and products "
    "without a known price, cost nothing. If the length of a result depends on an input file, the "
    "mock assumes 5 s, for the result and for the charge.",
    "It does not moderate: it never refuses a prompt or an image because of its content.",
    "It does not generate content: results are samples with the requested number, length, shape "
    "and resolution, and videos have no sound. The shorter side of a video has 720, 1080 or 2160 "
    "pixels. The longer side of an image has 1024 pixels at 1k, 2048 at 2k and 4096 at 4k. "
    "Kling's exact sizes are not known. "
    "The length and shape of a file in a request are ignored.",
    "It does not fetch media, so it cannot refuse a file that Kling would refuse.",
    "It accepts ids of voices, elements, audio and lip-sync sessions that it did not make. It "
    "refuses only one kind of id: the id of an element that the mock made, with rounded last "
    "digits, as JavaScript reads large numbers.",
    "It sends each callback once; whether Kling retries is not known. If the mock stops before a "
    "callback is answered, it sends this callback again after a restart with the same state file.",
    "It returns tasks of /solutions only through /solutions, and all others through /tasks. "
    "Whether Kling returns any task through both is not known.",
    "It limits concurrency and units only if packages are given. Packages never expire.",
    "It is for tests only: everybody who can reach it can control it, and its keys are public.",
)
