#compdef minglu
_minglu() {
  local path='' w
  for w in ${words[2,CURRENT-1]}; do
    case "$path $w" in
      " serve") path="serve" ;;
      " import") path="import" ;;
      " token") path="token" ;;
      "token create") path="token create" ;;
      "token list") path="token list" ;;
      "token revoke") path="token revoke" ;;
      " replay") path="replay" ;;
      " rebuild") path="rebuild" ;;
      " export") path="export" ;;
      " verify") path="verify" ;;
      " draw") path="draw" ;;
      "draw seed") path="draw seed" ;;
      "draw verify") path="draw verify" ;;
      " backup") path="backup" ;;
      " restore") path="restore" ;;
      " demo") path="demo" ;;
      "demo journal") path="demo journal" ;;
      "demo generate") path="demo generate" ;;
      " bench") path="bench" ;;
      "bench append") path="bench append" ;;
      "bench import") path="bench import" ;;
      "bench rebuild") path="bench rebuild" ;;
      "bench query") path="bench query" ;;
      "bench escrow") path="bench escrow" ;;
      " config") path="config" ;;
      " completion") path="completion" ;;
      " version") path="version" ;;
      " help") path="help" ;;
    esac
  done
  local -a subs
  case "$path" in
    "")
      subs=( 'serve:运行名录' 'import:办理日志文件（.ndjson）、台账或银行对账单（.csv、.xlsx）' 'token:签发、列出、撤销访问令牌' 'replay:重放日志并与现有视图核对' 'rebuild:重建视图，建成后切换' 'export:导出可以离线核验的整份日志，也可在运行时' 'verify:离线核验导出的日志；不符时退出码 4' 'draw:双随机抽查：生成种子、复算抽取' 'backup:备份日志，也可在运行时' 'restore:从备份恢复到空的数据目录' 'demo:演示数据与测试数据' 'bench:与底层引擎同场对比的性能测量' 'config:显示生效的设置及其来源' 'completion:输出命令行补全脚本' 'version:程序及其组件的版本' 'help:说明命令及其选项' )
      _describe -t commands command subs ;;
    "serve")
      _arguments -S '--data=[数据目录]:DIR:_files' '--nats=[改用外部 NATS 服务器或集群，多个地址用逗号分开]:URL: ' '--nats-creds=[外部 NATS 的凭证文件]:FILE:_files' '--replicas=[外部集群中的副本数，1 或 3]:N: ' '--max-store=[日志最多占用的空间，例如 20G；默认以磁盘为限]:SIZE: ' '--kek-file=[包裹个人密钥的主密钥文件（32 字节）；默认在数据目录中生成]:FILE:_files' '--register-name=[检查点上的名录名称，小写字母、数字、点和连字符；默认以密钥文件所写为准，新名录为 minglu]:NAME: ' '--signing-key=[签署检查点的密钥文件；默认在数据目录中生成]:FILE:_files' '--checkpoints=[已签检查点的文件，宜放在另一块盘上；默认在数据目录中]:FILE:_files' '--checkpoint-every=[每新增多少条记录签一次检查点]:N: ' '--checkpoint-seconds=[有新记录时，最多隔多少秒签一次检查点]:N: ' '--listen=[HTTP 监听地址，端口 0 由系统选择]:HOST\:PORT: ' '--demo[日志为空时先载入演示名录]' '--stop-within=[停止时最多等待办理中的请求多久]:TIME: ' '--address-limit=[同一地址不带令牌时每秒最多的请求数，0 为不限]:N: ' '--token-limit=[同一令牌每秒最多的请求数，0 为不限]:N: ' '--site-name=[网页上的名录名称]:TEXT: ' '--site-sponsor=[网页上的主办单位]:TEXT: ' '--site-operator=[网页上的承办单位]:TEXT: ' '--site-contact=[网页上的联系方式]:TEXT: ' '--site-code=[政府网站标识码]:TEXT: ' '--site-icp=[ICP 备案号]:TEXT: ' '--site-police=[公安备案号]:TEXT: ' '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' ;;
    "import")
      _arguments -S '--data=[数据目录]:DIR:_files' '--nats=[改用外部 NATS 服务器或集群，多个地址用逗号分开]:URL: ' '--nats-creds=[外部 NATS 的凭证文件]:FILE:_files' '--replicas=[外部集群中的副本数，1 或 3]:N: ' '--max-store=[日志最多占用的空间，例如 20G；默认以磁盘为限]:SIZE: ' '--kek-file=[包裹个人密钥的主密钥文件（32 字节）；默认在数据目录中生成]:FILE:_files' '--server=[正在运行的名录，代替数据目录]:URL: ' '--token=[访问令牌；请用环境变量 MINGLU_TOKEN，命令行会被同机他人看到]:TOKEN: ' '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--division=[台账各行的区划代码，行内有区划代码列的除外]:CODE: ' '--agency=[台账的行为机关，默认为该区划的教育部门]:ID: ' '--officer=[台账的经办人编号]:ID: ' '--bank=[银行对账单的列对应文件（.json）；文件按对账单读入]:MAPPING: ' '--account=[对账单所属的监管账户]:REF|ID: ' '--as-of=[台账截止日，用于行内没有写日期的事项]:DATE: ' '--dry-run[只判定，不写入名录]' '--template=[生成台账模板（.xlsx）后结束]:FILE:_files' '*:file:_files' ;;
    "token")
      subs=( 'create:签发令牌；标准输出只有令牌一行' 'list:列出令牌，包括已撤销的' 'revoke:撤销令牌' )
      _describe -t commands command subs ;;
    "token create")
      _arguments -S '--data=[数据目录]:DIR:_files' '--nats=[改用外部 NATS 服务器或集群，多个地址用逗号分开]:URL: ' '--nats-creds=[外部 NATS 的凭证文件]:FILE:_files' '--replicas=[外部集群中的副本数，1 或 3]:N: ' '--max-store=[日志最多占用的空间，例如 20G；默认以磁盘为限]:SIZE: ' '--kek-file=[包裹个人密钥的主密钥文件（32 字节）；默认在数据目录中生成]:FILE:_files' '--server=[正在运行的名录，代替数据目录]:URL: ' '--token=[访问令牌；请用环境变量 MINGLU_TOKEN，命令行会被同机他人看到]:TOKEN: ' '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--agency=[机关，例如 530427-education]:ID: ' '--role=[角色]:ROLE:(handler approver supervisor auditor administrator)' '--officer=[执法人员编号]:ID: ' ;;
    "token list")
      _arguments -S '--data=[数据目录]:DIR:_files' '--nats=[改用外部 NATS 服务器或集群，多个地址用逗号分开]:URL: ' '--nats-creds=[外部 NATS 的凭证文件]:FILE:_files' '--replicas=[外部集群中的副本数，1 或 3]:N: ' '--max-store=[日志最多占用的空间，例如 20G；默认以磁盘为限]:SIZE: ' '--kek-file=[包裹个人密钥的主密钥文件（32 字节）；默认在数据目录中生成]:FILE:_files' '--server=[正在运行的名录，代替数据目录]:URL: ' '--token=[访问令牌；请用环境变量 MINGLU_TOKEN，命令行会被同机他人看到]:TOKEN: ' '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--json[以 JSON 输出]' ;;
    "token revoke")
      _arguments -S '--data=[数据目录]:DIR:_files' '--nats=[改用外部 NATS 服务器或集群，多个地址用逗号分开]:URL: ' '--nats-creds=[外部 NATS 的凭证文件]:FILE:_files' '--replicas=[外部集群中的副本数，1 或 3]:N: ' '--max-store=[日志最多占用的空间，例如 20G；默认以磁盘为限]:SIZE: ' '--kek-file=[包裹个人密钥的主密钥文件（32 字节）；默认在数据目录中生成]:FILE:_files' '--server=[正在运行的名录，代替数据目录]:URL: ' '--token=[访问令牌；请用环境变量 MINGLU_TOKEN，命令行会被同机他人看到]:TOKEN: ' '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--reason=[理由，记入日志]:TEXT: ' ;;
    "replay")
      _arguments -S '--data=[数据目录]:DIR:_files' '--nats=[改用外部 NATS 服务器或集群，多个地址用逗号分开]:URL: ' '--nats-creds=[外部 NATS 的凭证文件]:FILE:_files' '--replicas=[外部集群中的副本数，1 或 3]:N: ' '--max-store=[日志最多占用的空间，例如 20G；默认以磁盘为限]:SIZE: ' '--kek-file=[包裹个人密钥的主密钥文件（32 字节）；默认在数据目录中生成]:FILE:_files' '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--at-seq=[只折叠到这个序号]:N: ' '--json[以 JSON 输出]' ;;
    "rebuild")
      _arguments -S '--data=[数据目录]:DIR:_files' '--nats=[改用外部 NATS 服务器或集群，多个地址用逗号分开]:URL: ' '--nats-creds=[外部 NATS 的凭证文件]:FILE:_files' '--replicas=[外部集群中的副本数，1 或 3]:N: ' '--max-store=[日志最多占用的空间，例如 20G；默认以磁盘为限]:SIZE: ' '--kek-file=[包裹个人密钥的主密钥文件（32 字节）；默认在数据目录中生成]:FILE:_files' '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '*::value:(streams commands institutions lists reduction divisions tokens timeline search due figures work escrow merkle)' ;;
    "export")
      _arguments -S '--data=[数据目录]:DIR:_files' '--nats=[改用外部 NATS 服务器或集群，多个地址用逗号分开]:URL: ' '--nats-creds=[外部 NATS 的凭证文件]:FILE:_files' '--replicas=[外部集群中的副本数，1 或 3]:N: ' '--max-store=[日志最多占用的空间，例如 20G；默认以磁盘为限]:SIZE: ' '--kek-file=[包裹个人密钥的主密钥文件（32 字节）；默认在数据目录中生成]:FILE:_files' '--register-name=[检查点上的名录名称，小写字母、数字、点和连字符；默认以密钥文件所写为准，新名录为 minglu]:NAME: ' '--signing-key=[签署检查点的密钥文件；默认在数据目录中生成]:FILE:_files' '--checkpoints=[已签检查点的文件，宜放在另一块盘上；默认在数据目录中]:FILE:_files' '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--out=[要写的文件，不得已存在]:FILE:_files' ;;
    "verify")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--key=[公钥，或写有公钥的文件]:KEY: ' '--checkpoint=[以前保存的检查点文件]:OLD: ' '*:file:_files' ;;
    "draw")
      subs=( 'seed:生成随机种子及其承诺' 'verify:凭导出的文件复算一次抽取；不一致时退出码 4' )
      _describe -t commands command subs ;;
    "draw seed")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' ;;
    "draw verify")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '*:file:_files' ;;
    "backup")
      _arguments -S '--data=[数据目录]:DIR:_files' '--nats=[改用外部 NATS 服务器或集群，多个地址用逗号分开]:URL: ' '--nats-creds=[外部 NATS 的凭证文件]:FILE:_files' '--replicas=[外部集群中的副本数，1 或 3]:N: ' '--max-store=[日志最多占用的空间，例如 20G；默认以磁盘为限]:SIZE: ' '--kek-file=[包裹个人密钥的主密钥文件（32 字节）；默认在数据目录中生成]:FILE:_files' '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--out=[备份目录，须为空或不存在]:DIR:_files' ;;
    "restore")
      _arguments -S '--data=[数据目录]:DIR:_files' '--nats=[改用外部 NATS 服务器或集群，多个地址用逗号分开]:URL: ' '--nats-creds=[外部 NATS 的凭证文件]:FILE:_files' '--replicas=[外部集群中的副本数，1 或 3]:N: ' '--max-store=[日志最多占用的空间，例如 20G；默认以磁盘为限]:SIZE: ' '--kek-file=[包裹个人密钥的主密钥文件（32 字节）；默认在数据目录中生成]:FILE:_files' '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--from=[备份目录]:DIR:_files' ;;
    "demo")
      subs=( 'journal:把演示名录作为日志写到标准输出' 'generate:按数量生成虚构的日志，写到标准输出' )
      _describe -t commands command subs ;;
    "demo journal")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' ;;
    "demo generate")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--institutions=[机构数量]:N: ' '--seed=[种子]:S: ' ;;
    "bench")
      subs=( 'append:写入：同步发布与经 Execute 的行为' 'import:导入：原子批与日志导入' 'rebuild:重建：单表写入与全部视图' 'query:查询：空处理器与名录接口' 'escrow:预收费：银行流水、账户行为、试算平衡与视图重建' )
      _describe -t commands command subs ;;
    "bench append")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--json[以 JSON 输出]' '--scratch=[临时数据放在此目录下（默认系统临时目录）]:DIR:_files' '--writers=[并行写入者]:N: ' '--seconds=[各测多少秒]:S: ' '--act=[测哪一种行为：约谈、收到投诉、公众投诉（带回执）]:ACT:(interview grievance filing)' '--views[测量时各视图同时跟随日志]' ;;
    "bench import")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--json[以 JSON 输出]' '--scratch=[临时数据放在此目录下（默认系统临时目录）]:DIR:_files' '--acts=[行为数]:N: ' ;;
    "bench rebuild")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--json[以 JSON 输出]' '--scratch=[临时数据放在此目录下（默认系统临时目录）]:DIR:_files' '--events=[事实数]:N: ' ;;
    "bench query")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--json[以 JSON 输出]' '--scratch=[临时数据放在此目录下（默认系统临时目录）]:DIR:_files' '--institutions=[机构数]:N: ' '--seconds=[每种查询各测多少秒]:S: ' '--clients=[并行客户端]:N: ' ;;
    "bench escrow")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--json[以 JSON 输出]' '--scratch=[临时数据放在此目录下（默认系统临时目录）]:DIR:_files' '--movements=[银行流水笔数]:N: ' '--accounts=[监管账户数]:N: ' '--acts=[在新旧账户上各办理多少行为]:N: ' ;;
    "config")
      _arguments -S '--data=[数据目录]:DIR:_files' '--nats=[改用外部 NATS 服务器或集群，多个地址用逗号分开]:URL: ' '--nats-creds=[外部 NATS 的凭证文件]:FILE:_files' '--replicas=[外部集群中的副本数，1 或 3]:N: ' '--max-store=[日志最多占用的空间，例如 20G；默认以磁盘为限]:SIZE: ' '--kek-file=[包裹个人密钥的主密钥文件（32 字节）；默认在数据目录中生成]:FILE:_files' '--register-name=[检查点上的名录名称，小写字母、数字、点和连字符；默认以密钥文件所写为准，新名录为 minglu]:NAME: ' '--signing-key=[签署检查点的密钥文件；默认在数据目录中生成]:FILE:_files' '--checkpoints=[已签检查点的文件，宜放在另一块盘上；默认在数据目录中]:FILE:_files' '--checkpoint-every=[每新增多少条记录签一次检查点]:N: ' '--checkpoint-seconds=[有新记录时，最多隔多少秒签一次检查点]:N: ' '--listen=[HTTP 监听地址，端口 0 由系统选择]:HOST\:PORT: ' '--demo[日志为空时先载入演示名录]' '--stop-within=[停止时最多等待办理中的请求多久]:TIME: ' '--address-limit=[同一地址不带令牌时每秒最多的请求数，0 为不限]:N: ' '--token-limit=[同一令牌每秒最多的请求数，0 为不限]:N: ' '--site-name=[网页上的名录名称]:TEXT: ' '--site-sponsor=[网页上的主办单位]:TEXT: ' '--site-operator=[网页上的承办单位]:TEXT: ' '--site-contact=[网页上的联系方式]:TEXT: ' '--site-code=[政府网站标识码]:TEXT: ' '--site-icp=[ICP 备案号]:TEXT: ' '--site-police=[公安备案号]:TEXT: ' '--server=[正在运行的名录，代替数据目录]:URL: ' '--token=[访问令牌；请用环境变量 MINGLU_TOKEN，命令行会被同机他人看到]:TOKEN: ' '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--json[以 JSON 输出]' ;;
    "completion")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '*::value:(bash zsh fish)' ;;
    "version")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '--json[以 JSON 输出]' ;;
    "help")
      _arguments -S '--log-level=[日志的级别]:LEVEL:(debug info warn error)' '--log-format=[日志的格式]:FORMAT:(text json)' '--lang=[说明与提示的语言]:LANG:(zh en)' '--config=[配置文件：JSON 对象，或每行一个“键=值”]:FILE:_files' '*::value:(serve import token replay rebuild export verify draw backup restore demo bench config completion version help)' ;;
  esac
}
compdef _minglu minglu
