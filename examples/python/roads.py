"""Closes a way of a luwang service for ten minutes and opens it again, by the admin service.

    pip install grpcio grpcio-reflection protobuf
    python roads.py 127.0.0.1:50052 4711 [FILE WITH A TOKEN]

The messages come from the service itself, by reflection: no generated code.
"""

import pathlib
import sys
import time

import grpc
from google.protobuf import descriptor_pool, message_factory
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)

PACKAGE = "luwang.admin.v1"

address, way, *token_file = sys.argv[1:]
metadata = []
if token_file:
    token = pathlib.Path(token_file[0]).read_text().split()[0]
    metadata.append(("authorization", f"Bearer {token}"))

with grpc.insecure_channel(address) as channel:
    pool = descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(channel))

    def call(method, **fields):
        def message(ending):
            name = pool.FindMessageTypeByName(f"{PACKAGE}.{method}{ending}")
            return message_factory.GetMessageClass(name)

        ask = channel.unary_unary(
            f"/{PACKAGE}.AdminService/{method}",
            request_serializer=message("Request").SerializeToString,
            response_deserializer=message("Response").FromString,
        )
        return ask(message("Request")(**fields), timeout=30, metadata=metadata)

    until = {"seconds": int(time.time()) + 600}
    closed = {"way": {"way_id": int(way)}, "closure": {}, "valid_until": until, "note": "works"}
    try:
        done = call("UpdateRoads", updates=[closed])
        for update in done.updates:
            count = update.directed_segment_count
            print(f"update {update.update_id} closes {count} stretches of road")
        listed = call("ListRoadUpdates")
        print(f"{listed.total_size} updates, revision {listed.roads_revision}")
        ids = [update.update_id for update in done.updates]
        print(f"reverted, revision {call('RevertRoadUpdates', update_ids=ids).roads_revision}")
    except grpc.RpcError as error:
        print(f"{error.code().name}: {error.details()}")
        sys.exit(1)
