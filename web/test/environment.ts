/* Node, but with what is built for browsers: the Svelte that runs effects, not the one that writes HTML on a server. */
export default {
    name: 'without-dom',
    viteEnvironment: 'client',
    setup: () => ({ teardown: () => {} }),
};
