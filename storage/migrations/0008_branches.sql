-- branches: to be written.
SELECT 1;
