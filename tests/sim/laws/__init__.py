"""What must hold in every world, by subject. A law yields a line for each thing that did not."""
