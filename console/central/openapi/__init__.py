"""The OpenAPI 3.1 description of the API, made from one table row a route."""

from console.central.openapi.document import OPERATIONS, document
from console.central.openapi.operation import Operation

__all__ = ["OPERATIONS", "Operation", "document"]
