resource "azurerm_resource_group" "fraud" {
  name     = "fraud"
  location = "westeurope"
}

resource "azurerm_storage_account" "scores" {
  name                = "fraudscores"
  resource_group_name = azurerm_resource_group.fraud.name
  location            = azurerm_resource_group.fraud.location
}

resource "azurerm_user_assigned_identity" "dashboard" {
  name                = "dashboard"
  resource_group_name = azurerm_resource_group.fraud.name
  location            = azurerm_resource_group.fraud.location
}

resource "azurerm_role_assignment" "dashboard_reads_scores" {
  scope                = azurerm_storage_account.scores.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.dashboard.principal_id
}
