//! The official `AccessToken2`: its services and their privileges. What it does stands in its base class.

use agora_token::describe::{Field, SERVICES, ServiceRow};

use super::super::prose::camel;
use super::names::{capitalized, constant};

/// The newest two have no official class.
fn official() -> impl Iterator<Item = &'static ServiceRow> {
    SERVICES.iter().copied().filter(|row| !["ConvoAi", "Stt"].contains(&row.variant))
}

/// `FCdn`
fn name(row: &ServiceRow) -> &'static str {
    if row.variant == "Fcdn" { "FCdn" } else { row.variant }
}

/// As the official code calls a field.
fn field_name(row: &ServiceRow, field: Field) -> String {
    if row.variant == "Rtc" && field == Field::Account { "uid".to_owned() } else { camel(field.name()) }
}

/// The type of a field, what it is at first, and how it is read.
fn field_type(field: Field) -> (&'static str, &'static str, &'static str) {
    match field {
        Field::Role => ("Short", "-1", "readShort()"),
        Field::Permissions => ("Permissions", "new Permissions()", ""),
        _ => ("String", "\"\"", "readString()"),
    }
}

pub(super) fn class() -> String {
    let mut text = String::from(
        "import java.util.ArrayList;\nimport java.util.List;\nimport java.util.TreeMap;\n\n/** The official mechanism \
         of AccessToken2 (007), under its official name. */\npublic class AccessToken2 extends AccessToken2Base {\n",
    );
    for row in official() {
        let (name, number) = (constant(row.variant), row.service.number());
        text.push_str(&format!("public static final short SERVICE_TYPE_{name} = {number};\n"));
    }
    text.push_str(
        "\n/** A token to read into. */\npublic AccessToken2() {}\n\n/** A token without services, made now, with a random \
         salt. */\npublic AccessToken2(String appId, String appCert, int expire) {\nsuper(appId, appCert, expire);\n}\n\n\
         /** A service of this type to read into; null for a type that is not known. */\n@Override\npublic Service \
         getService(short serviceType) {\nswitch (serviceType) {\n",
    );
    for row in official() {
        text.push_str(&format!("case SERVICE_TYPE_{}: return new Service{}();\n", constant(row.variant), name(row)));
    }
    text.push_str("default: return null;\n}\n}\n\n");
    official().for_each(|row| text.push_str(&privileges(row)));
    text.push_str(&base());
    official().for_each(|row| text.push_str(&service(row)));
    text + "}\n"
}

fn privileges(row: &ServiceRow) -> String {
    let of = name(row);
    let rows = row.privileges.iter().map(|each| {
        let prefix = format!("{}_", row.variant.to_uppercase());
        let name = if row.variant == "Chat" { each.constant } else { each.constant.trim_start_matches(&prefix) };
        format!("PRIVILEGE_{name}({})", each.number)
    });
    format!(
        "/** Privileges of {of}. */\npublic enum Privilege{of} {{\n{};\n\npublic short intValue;\n\nPrivilege{of}(int \
         value) {{\nintValue = (short) value;\n}}\n}}\n\n",
        rows.collect::<Vec<_>>().join(", ")
    )
}

fn base() -> String {
    let mut text = String::from(
        "/** A service; own ones write and read themselves. */\npublic static class Service {\npublic short type;\npublic \
         TreeMap<Short, Integer> privileges = new TreeMap<>();\n\npublic Service() {}\n\npublic Service(short \
         serviceType) {\ntype = serviceType;\n}\n\n",
    );
    for row in official() {
        let of = name(row);
        text.push_str(&format!(
            "public void addPrivilege{of}(Privilege{of} privilege, int expire) {{\nprivileges.put(privilege.intValue, \
             expire);\n}}\n\n"
        ));
    }
    text + "public TreeMap<Short, Integer> getPrivileges() {\nreturn privileges;\n}\n\npublic short getServiceType() \
            {\nreturn type;\n}\n\npublic ByteBuf pack(ByteBuf buf) {\nreturn buf.put(type).putIntMap(privileges);\n}\n\n\
            public void unpack(ByteBuf byteBuf) {\nprivileges = byteBuf.readIntMap();\n}\n}\n\n"
}

fn service(row: &ServiceRow) -> String {
    let of = name(row);
    let class = format!("Service{of}");
    let fields: Vec<_> = row.fields.iter().map(|field| (*field, field_name(row, *field))).collect();
    let mut text = format!("/** {} */\npublic static class {class} extends Service {{\n", row.about.trim());
    for (field, name) in &fields {
        let (of, first, _) = field_type(*field);
        text.push_str(&format!("public {of} {name} = {first};\n"));
    }
    if row.variant == "Rtm2" {
        text.push_str(PERMISSIONS);
    }
    let kind = format!("type = SERVICE_TYPE_{};\n", constant(row.variant));
    text.push_str(&format!("\npublic {class}() {{\n{kind}}}\n\n"));
    let mut constructor = |parameters: &[String], body: &str| {
        text.push_str(&format!("public {class}({}) {{\nthis();\n{body}}}\n\n", parameters.join(", ")));
    };
    let set = |name: &str| match name {
        "permissions" => "this.permissions = permissions == null ? new Permissions() : permissions;\n".to_owned(),
        _ => format!("this.{name} = {name};\n"),
    };
    if !fields.is_empty() {
        let parameters: Vec<_> =
            fields.iter().map(|(field, name)| format!("{} {name}", field_type(*field).0)).collect();
        let body: String = fields.iter().map(|(_, name)| set(name)).collect();
        constructor(&parameters, &body);
    }
    if fields.iter().any(|(_, name)| name == "account") {
        let body = "this.channelName = channelName;\naccount = uid == 0 ? \"\" : Long.toString(uid);\n";
        constructor(&["String channelName".to_owned(), "long uid".to_owned()], body);
    }
    if row.variant == "Apaas" {
        constructor(&["String userUuid".to_owned()], &set("userUuid"));
    }
    for (field, name) in &fields {
        text.push_str(&format!(
            "public {} get{}() {{\nreturn {name};\n}}\n\n",
            field_type(*field).0,
            capitalized(name)
        ));
    }
    let packs = fields.iter().map(|(field, name)| match field {
        Field::Permissions => format!("{name}.pack(buf);\n"),
        _ => format!("buf.put({name});\n"),
    });
    let unpacks = fields.iter().map(|(field, name)| match field {
        Field::Permissions => format!("{name} = new Permissions();\n{name}.unpack(byteBuf);\n"),
        _ => format!("{name} = byteBuf.{};\n", field_type(*field).2),
    });
    text + &format!(
        "@Override\npublic ByteBuf pack(ByteBuf buf) {{\nsuper.pack(buf);\n{}return buf;\n}}\n\n@Override\npublic void \
         unpack(ByteBuf byteBuf) {{\nsuper.unpack(byteBuf);\n{}}}\n}}\n\n",
        packs.collect::<String>(),
        unpacks.collect::<String>(),
    )
}

const PERMISSIONS: &str = "
/** What an RTM2 user may read or write. */
public static class Permissions {
  public static final short MESSAGE_CHANNELS = 0;
  public static final short STREAM_CHANNELS = 1;
  public static final short GROUP_CHANNELS = 2;
  public static final short SERVER_GROUPS = 3;
  public static final short USERS = 4;
  public static final short READ = 0;
  public static final short WRITE = 1;

  public TreeMap<Short, TreeMap<Short, List<String>>> details = new TreeMap<>();

  public void add(short resourceType, short permissionType, List<String> resources) {
    details.computeIfAbsent(resourceType, type -> new TreeMap<>()).put(permissionType, new ArrayList<>(resources));
  }

  private void pack(ByteBuf buf) {
    buf.putCount(details.size());
    details.forEach((resourceType, byPermission) -> {
      buf.put(resourceType).putCount(byPermission.size());
      byPermission.forEach((permissionType, resources) -> {
        buf.put(permissionType).putCount(resources.size());
        resources.forEach(buf::put);
      });
    });
  }

  private void unpack(ByteBuf buf) {
    for (int types = Short.toUnsignedInt(buf.readShort()); types > 0; types--) {
      TreeMap<Short, List<String>> byPermission = new TreeMap<>();
      details.put(buf.readShort(), byPermission);
      for (int left = Short.toUnsignedInt(buf.readShort()); left > 0; left--) {
        List<String> resources = new ArrayList<>();
        byPermission.put(buf.readShort(), resources);
        for (int count = Short.toUnsignedInt(buf.readShort()); count > 0; count--) {
          resources.add(buf.readString());
        }
      }
    }
  }
}

/** The same permissions as the library has them. */
public static io.agora.token.Permissions ours(Permissions permissions) {
  io.agora.token.Permissions ours = new io.agora.token.Permissions();
  if (permissions != null) {
    permissions.details.forEach((resourceType, byPermission) -> {
      ours.declare(Short.toUnsignedInt(resourceType));
      byPermission.forEach((permissionType, resources) -> ours.set(
          Short.toUnsignedInt(resourceType), Short.toUnsignedInt(permissionType), resources.toArray(new String[0])));
    });
  }
  return ours;
}
";
