"""The grammar of programme files: one declaration per word serves reading, writing and the JSON Schema."""
