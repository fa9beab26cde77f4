"""What stands around the queue of background tasks: workers, what was done once, what was done today."""

from django.db import models


class TaskWorker(models.Model):
    """A process that works the queue off, and its last sign of life.

    Attributes
    ----------
    key
        Unique for each start; stands in `worker_ids` of the tasks that it took.
    machine
        Which machine, started when, in which container: there a process number can be looked up.
    process, born
        Number of the process and when it was started, as the machine counts: a number is used again.
    beat
        Counts up with each sign of life. Who watches needs no clock in common with the worker.
    """

    key = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=120)
    machine = models.CharField(max_length=64)
    process = models.BigIntegerField()
    born = models.CharField(max_length=32, blank=True)
    queues = models.CharField(max_length=255, blank=True)
    beat = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        """Order of the table."""

        ordering = ("-seen_at", "key")

    def __str__(self) -> str:
        return f"{self.host} {self.process}"


class TaskMark(models.Model):
    """Something with a key was done: a task that is delivered again leaves it."""

    key = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.key


class DailyRun(models.Model):
    """The last day on which something daily was begun; never goes back when a clock does."""

    name = models.CharField(max_length=100, unique=True)
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.name} {self.day}"
