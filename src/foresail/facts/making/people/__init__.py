"""Facts of reps: roles, days at work, quotas, ramps, vacancies."""
