"""Asks a luwang service how far it is, with stock packages alone.

    pip install grpcio grpcio-reflection grpcio-status protobuf
    python client.py 127.0.0.1:50051 松岗东方社区 松岗琥珀博物馆

The messages come from the service itself, by reflection: no generated code.
"""

import sys

import grpc
from google.protobuf import descriptor_pool, message_factory
from google.rpc import error_details_pb2
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)
from grpc_status import rpc_status

address, origin, destination = sys.argv[1:]
with grpc.insecure_channel(address) as channel:
    pool = descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(channel))

    def message(name):
        return message_factory.GetMessageClass(pool.FindMessageTypeByName(name))

    request = message("luwang.routing.v1.ComputeRouteRequest")(
        origin={"name": origin}, destination={"name": destination}, include_steps=True
    )
    compute_route = channel.unary_unary(
        "/luwang.routing.v1.RoutingService/ComputeRoute",
        request_serializer=type(request).SerializeToString,
        response_deserializer=message("luwang.routing.v1.ComputeRouteResponse").FromString,
    )
    try:
        answer = compute_route(request, timeout=5)
    except grpc.RpcError as error:
        print(f"{error.code().name}: {error.details()}")
        status = rpc_status.from_call(error)
        for detail in status.details if status else []:
            info = error_details_pb2.ErrorInfo()
            places = message("luwang.places.v1.AmbiguousPlaces")()
            if detail.Unpack(info):
                print(f"reason: {info.reason}")
            elif detail.Unpack(places):
                for candidate in places.candidates:
                    print(candidate.place.place_id, candidate.place.name, candidate.place.kind)
        sys.exit(1)
    for route in answer.routes:
        print(f"{route.distance_centimeters / 100:.2f} m, {route.duration.ToMilliseconds()} ms")
        for step in (step for leg in route.legs for step in leg.steps):
            print(f"  {step.road_name or step.road_reference or '-'}: {step.distance_meters} m")
    if not answer.routes:
        print("there is no route")
