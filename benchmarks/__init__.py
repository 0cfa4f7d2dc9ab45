"""What newstui promises about speed, measured as ratios to something that is measured in the same run."""
