/** A part of an id: text, the id of the subscription, or what an argument of the resource says. */
export type FormPart = string | 'subscription' | { readonly argument: string };

const name: FormPart = { argument: 'name' };
const inSubscription: readonly FormPart[] = ['/subscriptions/', 'subscription'];
const managementGroup: readonly FormPart[] = ['/providers/Microsoft.Management/managementGroups/', name];

function inGroup(type: string): readonly FormPart[] {
  const group: FormPart = { argument: 'resource_group_name' };
  return [...inSubscription, '/resourceGroups/', group, `/providers/${type}/`, name];
}

/** A resource that names the id of the one that it lies in. */
function under(argument: string, segment: string): readonly FormPart[] {
  return [{ argument }, `/${segment}/`, name];
}

/** Resources that roles are assigned at, by their types in Terraform: those that lie in a resource group. */
const typesInGroups: readonly (readonly [string, string])[] = [
  ['application_insights', 'Microsoft.Insights/components'],
  ['app_configuration', 'Microsoft.AppConfiguration/configurationStores'],
  ['automation_account', 'Microsoft.Automation/automationAccounts'],
  ['cognitive_account', 'Microsoft.CognitiveServices/accounts'],
  ['container_app', 'Microsoft.App/containerApps'],
  ['container_app_environment', 'Microsoft.App/managedEnvironments'],
  ['container_registry', 'Microsoft.ContainerRegistry/registries'],
  ['cosmosdb_account', 'Microsoft.DocumentDB/databaseAccounts'],
  ['data_factory', 'Microsoft.DataFactory/factories'],
  ['databricks_workspace', 'Microsoft.Databricks/workspaces'],
  ['eventgrid_topic', 'Microsoft.EventGrid/topics'],
  ['eventhub_namespace', 'Microsoft.EventHub/namespaces'],
  ['key_vault', 'Microsoft.KeyVault/vaults'],
  ['kubernetes_cluster', 'Microsoft.ContainerService/managedClusters'],
  ['linux_function_app', 'Microsoft.Web/sites'],
  ['linux_virtual_machine', 'Microsoft.Compute/virtualMachines'],
  ['linux_web_app', 'Microsoft.Web/sites'],
  ['log_analytics_workspace', 'Microsoft.OperationalInsights/workspaces'],
  ['machine_learning_workspace', 'Microsoft.MachineLearningServices/workspaces'],
  ['mssql_server', 'Microsoft.Sql/servers'],
  ['network_security_group', 'Microsoft.Network/networkSecurityGroups'],
  ['private_dns_zone', 'Microsoft.Network/privateDnsZones'],
  ['public_ip', 'Microsoft.Network/publicIPAddresses'],
  ['recovery_services_vault', 'Microsoft.RecoveryServices/vaults'],
  ['route_table', 'Microsoft.Network/routeTables'],
  ['search_service', 'Microsoft.Search/searchServices'],
  ['servicebus_namespace', 'Microsoft.ServiceBus/namespaces'],
  ['signalr_service', 'Microsoft.SignalRService/SignalR'],
  ['storage_account', 'Microsoft.Storage/storageAccounts'],
  ['user_assigned_identity', 'Microsoft.ManagedIdentity/userAssignedIdentities'],
  ['virtual_network', 'Microsoft.Network/virtualNetworks'],
  ['windows_function_app', 'Microsoft.Web/sites'],
  ['windows_virtual_machine', 'Microsoft.Compute/virtualMachines'],
  ['windows_web_app', 'Microsoft.Web/sites'],
];

const others: readonly (readonly [string, readonly FormPart[]])[] = [
  ['azurerm_subscription', inSubscription],
  ['azurerm_resource_group', [...inSubscription, '/resourceGroups/', name]],
  ['azurerm_management_group', managementGroup],
  ['azurerm_servicebus_queue', under('namespace_id', 'queues')],
  ['azurerm_servicebus_topic', under('namespace_id', 'topics')],
  [
    'azurerm_subnet',
    [
      ...inSubscription,
      '/resourceGroups/',
      { argument: 'resource_group_name' },
      '/providers/Microsoft.Network/virtualNetworks/',
      { argument: 'virtual_network_name' },
      '/subnets/',
      name,
    ],
  ],
];

/** The ids of resources, by their types; those that code only reads begin with `data.`. */
export const idForms: ReadonlyMap<string, readonly FormPart[]> = new Map(
  [...typesInGroups.map(([type, of]) => [`azurerm_${type}`, inGroup(of)] as const), ...others].flatMap(
    ([type, form]) => [
      [type, form],
      [`data.${type}`, form],
    ],
  ),
);
