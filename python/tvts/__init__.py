"""tvts: video understanding with TVTSv2 models. For now the package holds the launcher of distributed pre-training."""
