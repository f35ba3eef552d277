-- Runs on the embedded database only. What takes the place of a slow database: see SlowQuery.
CREATE ALIAS IF NOT EXISTS PAUSE_UNTIL FOR 'dev.holdfast.sample.DatabasePause.until';
