#!/usr/bin/env bash
# Asks a luwang service how far it is, with buf alone: no generated code, no proto files.
#
#     npm install --prefix buf @bufbuild/buf
#     BUF=buf/node_modules/.bin/buf examples/shell/client.sh 127.0.0.1:50051 松岗东方社区 松岗琥珀博物馆
#
# buf asks the service for its messages, by reflection. An error is printed as JSON, with its
# details, and makes the exit code other than 0.
set -euo pipefail

if [ $# -ne 3 ]; then
  echo "usage: $0 HOST:PORT ORIGIN DESTINATION" >&2
  exit 2
fi
service=http://$1
buf=${BUF:-buf}

# A name as JSON: backslashes and quotes are all that a name on one line may need.
quoted() { printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"; }

ask() { "$buf" curl --protocol grpc --http2-prior-knowledge -d "$2" "$service/$1"; }

ask grpc.health.v1.Health/Check '{}'
ask luwang.routing.v1.RoutingService/ComputeRoute \
  "{\"origin\": {\"name\": $(quoted "$2")}, \"destination\": {\"name\": $(quoted "$3")}, \"include_steps\": true}"
