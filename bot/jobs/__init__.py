"""What happens without a tap. APScheduler is the clock here, never the memory: everything durable is in our tables."""
