"""Which live order HidSim is asked about next, when there are more orders than requests.

`arrivals` says when what is awaited is to be expected, `learning` makes that of what this shop has seen, `promise`
forgets nobody, `ranking` finds whose state is likeliest to be out of date, `schedule` gives out the turns.
Seconds are floats, moments are seconds of a clock that runs on and is the caller's.
"""
