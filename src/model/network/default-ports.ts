/** Ports of databases by the beginning of their engine's name, where templates give none (Amazon RDS, `CreateDBInstance`, and Aurora, read 2026-11-23). */
const BY_ENGINE: readonly (readonly [engine: string, port: number])[] = [
  ['aurora-postgresql', 5_432], ['postgres', 5_432], ['aurora', 3_306], ['mysql', 3_306], ['mariadb', 3_306], ['oracle', 1_521], ['custom-oracle', 1_521], ['sqlserver', 1_433],
  ['custom-sqlserver', 1_433], ['db2', 50_000],
];

/** Attributes that are a port, and the port where the resource's `Port` says none. */
const BY_TYPE: { readonly [attribute: string]: number } = {
  'AWS::Redshift::Cluster.Endpoint.Port': 5_439, 'AWS::DocDB::DBCluster.Port': 27_017, 'AWS::Neptune::DBCluster.Port': 8_182,
};

/** Whether an attribute is the port of a database. */
export function isPort(attribute: string): boolean {
  return BY_TYPE[attribute] !== undefined || /^AWS::RDS::DB(Instance|Cluster)\.Endpoint\.Port$/.test(attribute);
}

/** The port of a database; undefined when its engine is not known. */
export function defaultPort(attribute: string, engine: any): number | undefined {
  return BY_TYPE[attribute] ?? BY_ENGINE.find(([name]) => String(engine).startsWith(name))?.[1];
}
