"""What stands behind a replay: how sure differences are, how members may answer, years ahead, the best of a grid."""
