/** Style sheets are read by the bundler, for their effect alone. */
declare module '*.css';
