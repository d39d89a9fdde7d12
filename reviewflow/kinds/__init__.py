"""Process kinds: the folders under bpmn/, read and checked."""
