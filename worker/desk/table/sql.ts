/** What the tables need of the desk's database. */
export type Sql = Pick<SqlStorage, 'exec' | 'databaseSize'>;
