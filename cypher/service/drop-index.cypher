// Take away the index whose name stands for NAME.
DROP INDEX NAME IF EXISTS
