#!/usr/bin/env python3
"""spark.py - a pipeline over records that are in Spark already, through rdd.pipe().

    spark-submit pipelines/spark.py pipelines/records.yaml hdfs:///articles hdfs:///annotated

checkCode=True is what makes it safe: without it a filter that fails gives an empty result and no error. Records that are
rejected make the program end with status 2, which fails the task: clean them before, or keep them aside with
"errors: {to: ...}" and a wrapper that accepts 2. ntag-run must be on the PATH, at the same place on all workers.
"""
import os
import shlex
import sys

from pyspark.sql import SparkSession


def main(pipeline, source, target):
    spark = SparkSession.builder.appName("ntag").getOrCreate()
    command = "ntag-run run " + shlex.quote(pipeline)
    lines = spark.sparkContext.textFile(source)
    # Without env the program would get an empty environment, and no PATH to be found on.
    path = {"PATH": os.environ.get("PATH", "/usr/local/bin:/usr/bin:/bin")}
    lines.pipe(command, env=path, checkCode=True).saveAsTextFile(target)
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: spark.py PIPELINE SOURCE TARGET")
    main(*sys.argv[1:])
