-- The history is read newest first across all targets.

CREATE INDEX transitions_by_observed ON transitions (observed, target, sequence);
