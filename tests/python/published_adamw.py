"""AdamW as docs/pretraining.md writes it: epsilon beside the root of the uncorrected second moment; here without decay."""
import torch


class PublishedAdamW(torch.optim.Optimizer):
    def __init__(self, parameters, rate, epsilon, betas=(0.9, 0.999)):
        super().__init__(parameters, {"rate": rate, "epsilon": epsilon, "betas": betas})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    self.step_of(parameter, group)

    def step_of(self, parameter, group):
        beta1, beta2 = group["betas"]
        state = self.state[parameter]
        if not state:
            state.update(steps=0, m=torch.zeros_like(parameter), v=torch.zeros_like(parameter))
        state["steps"] += 1
        state["m"].mul_(beta1).add_(parameter.grad, alpha=1 - beta1)
        state["v"].mul_(beta2).addcmul_(parameter.grad, parameter.grad, value=1 - beta2)
        rate = group["rate"] * (1 - beta2 ** state["steps"]) ** 0.5 / (1 - beta1 ** state["steps"])
        parameter.addcdiv_(state["m"], state["v"].sqrt().add_(group["epsilon"]), value=-rate)
