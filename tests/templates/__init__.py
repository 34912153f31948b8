"""What users copy into their own repositories, or point to."""
