// Most tests wait for a database, a clock or another process: with as many at once as there are processors, those had nothing to do two thirds of the time.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
