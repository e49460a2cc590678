"""The loss of a classifier: how wrong its logits are."""

from convnet.functional.cross_entropy import softmax_cross_entropy


class CrossEntropyLoss:
    """The mean of -log p[t], where p is the softmax of the logits.

    Shapes:
        z (N, K), t (N,) of whole numbers from 0 to K - 1 -> a number.
    """

    def __init__(self) -> None:
        self.params, self.grads = {}, {}
        self.dz = None

    def forward(self, z, t):
        """Return the loss, and keep its gradient for `backward`.

        Raises:
            ValueError: the shapes do not go together, or t names a class that is not there.
        """
        loss, self.dz = softmax_cross_entropy(z, t)
        return loss

    def backward(self):
        """Return dz (N, K): how fast the loss grows with each logit.

        Raises:
            ValueError: there was no `forward`.
        """
        if self.dz is None:
            raise ValueError("backward needs the z of a forward call, and there was none")
        return self.dz
