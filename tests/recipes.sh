#!/bin/sh
# recipes.sh - run the console blocks of pipelines/recipes/README.md: docs.sh says how. UPDATE=1 rewrites their outputs.
DOC=pipelines/recipes/README.md exec sh "$(dirname "$0")/docs.sh"
