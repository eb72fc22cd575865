"""Imports: files of any shop become activities, told to the engine chunk by chunk."""
