// Loaded before a program that runs with --expose-gc: it collects on SIGUSR2.
process.on('SIGUSR2', () => globalThis.gc?.())
