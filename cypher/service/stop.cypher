// End transactions. One that is over by now is no error.
TERMINATE TRANSACTIONS $ids
