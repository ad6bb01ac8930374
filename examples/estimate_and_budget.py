"""Show what requests will cost before they are sent, and never spend more than a budget.

Run it with: python estimate_and_budget.py
"""

import kling
from kling import Budget, BudgetError, Kling, models

requests = [
    models.TextToVideoRequest(model_name="kling-v3", prompt=f"A fox {place}", duration="5")
    for place in ("in the snow", "in a city", "by the sea")
]

total = kling.estimate_all(requests)
print(f"all {len(requests)} requests: {total}")

budget = Budget(units={"video": 7})
with Kling(budget=budget) as client:
    refs = []
    for request in requests:
        try:
            refs.append(client.create(request).ref)
        except BudgetError as error:  # nothing was sent, and nothing is charged
            print(f"not sent: {error}")
            break
    for task in client.wait_all(refs, timeout=900):
        print(task.ref, task.status, *map(str, task.charges))
    print("left:", *(f"{amount} {kind}" for kind, amount in budget.left.items()))
