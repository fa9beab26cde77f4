"""One plan across levels: plans as they are brought in, what does not fit, who can pay, what to do first."""
